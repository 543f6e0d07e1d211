/**
 * An attribute that there is none of, or that cannot be set or deleted. JavaScript's error for that is
 * TypeError, so it is one, with the documentation's name.
 */
export class AttributeError extends TypeError {
  override readonly name: string = 'AttributeError';
}
