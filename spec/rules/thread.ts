import type { NotApplicable, Rule } from '../rule.ts';
import { daemonsRules } from './thread/daemons.ts';
import { errorsRules } from './thread/errors.ts';
import { exitsRules } from './thread/exits.ts';
import { identsRules } from './thread/idents.ts';
import { joiningRules } from './thread/joining.ts';
import { refusingRules } from './thread/refusing.ts';
import { wakingRules } from './thread/waking.ts';
import { livingRules } from './thread/living.ts';
import { makingRules } from './thread/making.ts';
import { namingRules } from './thread/naming.ts';
import { runningRules } from './thread/running.ts';
import { startingRules } from './thread/starting.ts';

/** The rules of Thread. */
export const rules: readonly (Rule | NotApplicable)[] = [
  ...makingRules,
  ...namingRules,
  ...startingRules,
  ...runningRules,
  ...livingRules,
  ...joiningRules,
  ...wakingRules,
  ...refusingRules,
  ...identsRules,
  ...daemonsRules,
  ...errorsRules,
  ...exitsRules,
];
