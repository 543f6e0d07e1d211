export { UsageError } from '../impl/usageError.ts';
