/** Gaussian elimination with the largest pivot; the right side is the last column. What cannot be told is 0. */
export function solved(matrix: number[][]): number[] {
  const size = matrix.length;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[pivot]?.[column] ?? 0)) pivot = row;
    }
    const one = matrix[column] ?? [];
    const other = matrix[pivot] ?? [];
    matrix[column] = other;
    matrix[pivot] = one;
    const lead = other[column] ?? 0;
    if (lead === 0) continue;
    for (const [row, values] of matrix.entries()) {
      if (row === column) continue;
      const times = (values[column] ?? 0) / lead;
      if (times === 0) continue;
      for (let at = column; at <= size; at += 1) values[at] = (values[at] ?? 0) - times * (other[at] ?? 0);
    }
  }
  return matrix.map((values, row) => {
    const lead = values[row] ?? 0;
    return lead === 0 ? 0 : (values[size] ?? 0) / lead;
  });
}
