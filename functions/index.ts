export { systemClock } from './shared/clock';
