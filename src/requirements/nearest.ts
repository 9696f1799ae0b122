export { closest as nearest } from '../document/similar.ts';
