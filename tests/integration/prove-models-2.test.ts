import { describeHalf } from '../support/model-proof';

describeHalf(1);
