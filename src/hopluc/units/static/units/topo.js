/* Outlines of units (static/units/geo/*.json, TopoJSON) as paths of an SVG drawing.

   const map = drawing(await (await fetch(address)).json(), { width: 600, height: 800 });
   svg.setAttribute("viewBox", map.viewBox);
   for (const { key, path, label } of map.units) …

   The projection is equirectangular, true to scale on the middle latitude; north is up. */

/** Units with their polygons in degrees: [{code, key, polygons: [[ring, …holes], …]}], a ring being [[east, north], …].
    A unit without an outline has `point` instead. */
export function decoded(topology) {
  const { scale: [kx, ky], translate: [x0, y0] } = topology.transform;
  const place = ([x, y]) => [x * kx + x0, y * ky + y0];
  const arcs = topology.arcs.map((steps) => {
    let x = 0, y = 0;
    return steps.map(([dx, dy]) => place([(x += dx), (y += dy)]));
  });
  const arc = (number) => (number < 0 ? [...arcs[~number]].reverse() : arcs[number]);
  const ring = (numbers) => numbers.flatMap((number, n) => arc(number).slice(n ? 1 : 0));
  const polygons = ({ type, arcs: found }) => (type === "Polygon" ? [found] : found).map((one) => one.map(ring));
  return topology.objects.units.geometries.map((geometry) => ({
    ...geometry.properties,
    ...(geometry.type === "Point" ? { polygons: [], point: place(geometry.coordinates) } : { polygons: polygons(geometry) }),
  }));
}

/** Paths and places of labels, fitted into a view of the given size: {viewBox, units: [{code, key, path, label}]}.
    `label` is [x, y] within the unit's largest part; a unit that is a point becomes a dot of radius `dot`.
    `keep` says of a place in degrees whether what lies there is drawn: units of which nothing is left are left out. */
export function drawing(topology, { width, height, margin = 4, dot = 3, keep = () => true }) {
  const found = kept(decoded(topology), keep);
  const project = projection(found, width, height, margin);
  const units = found.map(({ code, key, polygons, point }) => {
    if (point) {
      const [x, y] = project(point).map(rounded);
      return { code, key, path: `M${x - dot} ${y}a${dot} ${dot} 0 1 0 ${2 * dot} 0a${dot} ${dot} 0 1 0 ${-2 * dot} 0Z`, label: [x, y] };
    }
    const drawn = polygons.map((rings) => rings.map((ring) => ring.map(project)));
    return { code, key, path: drawn.flat().map(outline).join(""), label: labelPoint(largest(drawn)).map(rounded) };
  });
  return { viewBox: `0 0 ${width} ${height}`, units };
}

function kept(units, keep) {
  const parts = units.map((unit) => ({ ...unit, polygons: unit.polygons.filter(([outer]) => keep(outer[0])) }));
  return parts.filter(({ polygons, point }) => polygons.length || (point && keep(point)));
}

function projection(units, width, height, margin) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { polygons, point } of units) {
    for (const [x, y] of point ? [point] : polygons.flatMap(([outer]) => outer)) {
      [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
    }
  }
  const narrowed = Math.cos((((south + north) / 2) * Math.PI) / 180); // a degree east is shorter than a degree north
  const [across, down] = [(east - west) * narrowed || 1e-9, north - south || 1e-9];
  const scale = Math.min((width - 2 * margin) / across, (height - 2 * margin) / down);
  const [left, top] = [(width - across * scale) / 2, (height - down * scale) / 2];
  return ([x, y]) => [left + (x - west) * narrowed * scale, top + (north - y) * scale];
}

const rounded = (value) => Math.round(value * 10) / 10;

/** A ring as a closed path in tenths of a unit; points that fall together are written once. */
function outline(ring) {
  const places = ring.slice(0, -1).map((point) => point.map(rounded).join(" "));
  return `M${places.filter((place, n) => n === 0 || place !== places[n - 1]).join("L")}Z`;
}

function area(ring) {
  let sum = 0;
  for (let n = 1; n < ring.length; n++) sum += ring[n - 1][0] * ring[n][1] - ring[n][0] * ring[n - 1][1];
  return sum / 2;
}

const largest = (polygons) => polygons.reduce((best, one) => (Math.abs(area(one[0])) > Math.abs(area(best[0])) ? one : best));

/** The middle of the widest stretch of a polygon on the line halfway between its top and bottom: always within it. */
function labelPoint(rings) {
  const heights = rings[0].map(([, y]) => y);
  const level = (Math.min(...heights) + Math.max(...heights)) / 2;
  const crossings = rings.flatMap((ring) =>
    ring.slice(1).flatMap(([u, v], n) => {
      const [x, y] = ring[n];
      return y > level !== v > level ? [x + ((level - y) / (v - y)) * (u - x)] : [];
    }),
  );
  crossings.sort((a, b) => a - b);
  let [best, middle] = [-1, rings[0][0][0]];
  for (let n = 1; n < crossings.length; n += 2) {
    const width = crossings[n] - crossings[n - 1];
    if (width > best) [best, middle] = [width, (crossings[n] + crossings[n - 1]) / 2];
  }
  return [middle, level];
}
