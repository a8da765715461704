// Faces that readers have: the trials bring Chromium to see those of one set alone, so that a page is judged the same on every machine, and
// in more than one face.
//
// It works where fontconfig chooses faces (Linux, the BSDs). Elsewhere, and where a set is not installed, trials run in the machine's own.

import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** By name: what stands for serif, sans-serif and monospace, and Debian's package of it. */
export const SETS = {
  Noto: { faces: ["Noto Serif", "Noto Sans", "Noto Sans Mono"], debian: "fonts-noto-core" },
  DejaVu: { faces: ["DejaVu Serif", "DejaVu Sans", "DejaVu Sans Mono"], debian: "fonts-dejavu-core" },
  Liberation: { faces: ["Liberation Serif", "Liberation Sans", "Liberation Mono"], debian: "fonts-liberation" },
};

/**
 * Writes fontconfig's settings for a set into a folder, and gives back the environment that a browser needs to follow them.
 * Undefined where the set is not here.
 */
export function environment(name, folder) {
  const { faces } = SETS[name];
  const installed = filesOf();
  if (!installed?.has(faces[0])) return undefined;
  // A folder of their own: elsewhere faces of all kinds lie together.
  const own = path.join(folder, name);
  mkdirSync(own, { recursive: true });
  for (const file of new Set(faces.flatMap((face) => installed.get(face) ?? []))) symlinkSync(file, path.join(own, path.basename(file)));
  const stands = (kind, face) => `<alias binding="same"><family>${kind}</family><prefer><family>${face}</family></prefer></alias>`;
  const settings = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${own}</dir>
<cachedir>${path.join(folder, "cache")}</cachedir>
${["serif", "sans-serif", "monospace"].map((kind, at) => stands(kind, faces[at])).join("\n")}
</fontconfig>
`;
  const file = path.join(folder, `${name}.conf`);
  writeFileSync(file, settings);
  return { FONTCONFIG_FILE: file };
}

/** The files of each family that fontconfig knows; undefined where there is no fontconfig. */
function filesOf() {
  let listed;
  try {
    listed = execFileSync("fc-list", ["--format", "%{family}\t%{file}\n"], { encoding: "utf8" });
  } catch {
    return undefined;
  }
  const files = new Map();
  for (const [families, file] of listed.split("\n").filter(Boolean).map((line) => line.split("\t"))) {
    for (const family of families.split(",")) files.set(family, [...(files.get(family) ?? []), file]);
  }
  return files;
}
