/** A style sheet's text: what the bundle puts in place of an imported `.css` file. */
declare module "*.css" {
  const text: string;
  export default text;
}
