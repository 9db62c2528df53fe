/**
 * An assignment of rows to columns of least total cost, by shortest augmenting paths (Jonker and Volgenant 1987, in the
 * rectangular form of Crouse 2016). `costs` is row by row, `rows` ≤ `columns`, all finite. Yields each row's column.
 */
export function assign(costs: Float64Array, rows: number, columns: number): Int32Array {
  if (rows > columns) throw new Error(`${rows} rows cannot each have one of ${columns} columns`);
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns);
  const columnByRow = new Int32Array(rows).fill(-1);
  const rowByColumn = new Int32Array(columns).fill(-1);
  const distances = new Float64Array(columns);
  const cameFrom = new Int32Array(columns);
  const open = new Int32Array(columns);
  const settled = new Int32Array(columns);

  for (let start = 0; start < rows; start += 1) {
    distances.fill(Infinity);
    for (let at = 0; at < columns; at += 1) open[at] = at;
    let openCount = columns;
    let settledCount = 0;
    let row = start;
    let reached = 0;
    let end = -1;
    while (end === -1) {
      const offset = row * columns;
      const base = reached - (rowPrice[row] ?? 0);
      let least = Infinity;
      let leastAt = -1;
      for (let at = 0; at < openCount; at += 1) {
        const column = open[at] ?? 0;
        const way = base + (costs[offset + column] ?? Infinity) - (columnPrice[column] ?? 0);
        let distance = distances[column] ?? Infinity;
        if (way < distance) {
          distance = way;
          distances[column] = way;
          cameFrom[column] = row;
        }
        // Among equals a free column ends the search.
        if (distance < least || (distance === least && rowByColumn[column] === -1)) {
          least = distance;
          leastAt = at;
        }
      }
      if (leastAt === -1) throw new Error("A cost is not finite.");
      const column = open[leastAt] ?? 0;
      reached = least;
      openCount -= 1;
      open[leastAt] = open[openCount] ?? 0;
      settled[settledCount] = column;
      settledCount += 1;
      const holder = rowByColumn[column] ?? -1;
      if (holder === -1) end = column;
      else row = holder;
    }
    rowPrice[start] = (rowPrice[start] ?? 0) + reached;
    for (let at = 0; at < settledCount - 1; at += 1) {
      const column = settled[at] ?? 0;
      const slack = reached - (distances[column] ?? 0);
      const holder = rowByColumn[column] ?? 0;
      rowPrice[holder] = (rowPrice[holder] ?? 0) + slack;
      columnPrice[column] = (columnPrice[column] ?? 0) - slack;
    }
    for (let column = end; ;) {
      const from = cameFrom[column] ?? 0;
      rowByColumn[column] = from;
      const next = columnByRow[from] ?? -1;
      columnByRow[from] = column;
      if (from === start) break;
      column = next;
    }
  }
  return columnByRow;
}
