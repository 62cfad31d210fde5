/**
 * The letter by which the list under the map names a line.
 * @param {number} n from 0 @returns {string} A to Z, then AA
 */
export function letter(n) {
  return (n >= 26 ? letter(Math.floor(n / 26) - 1) : "") + String.fromCharCode(65 + (n % 26));
}
