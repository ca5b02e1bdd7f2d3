/** The shape of the walls' configuration, for the test that plants a violation of each. */
interface Wall {
  readonly name: string;
  readonly severity: 'error';
  readonly comment: string;
  readonly from: object;
  readonly to: object;
}
declare const configuration: { readonly options: object; readonly forbidden: readonly Wall[] };
export default configuration;
