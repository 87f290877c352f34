// Runs the door rules and refuses to pass when nothing was inspected: an empty look finds no offence.
import { cruise } from "dependency-cruiser";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";

const FEWEST_MODULES = 20;
const options = await extractDepcruiseOptions("./.dependency-cruiser.cjs");
const { output } = await cruise(["src"], { ...options, outputType: "json" }, null, {
  tsConfig: extractTSConfig("./tsconfig.json"),
});
const { modules, summary } = JSON.parse(output);
const ours = modules.filter((module) => module.source.startsWith("src/"));

for (const { rule, from, to } of summary.violations) console.error(`${rule.severity} ${rule.name}: ${from} → ${to}`);
console.log(`doors: ${ours.length} modules inspected, ${summary.error} offences`);
if (ours.length < FEWEST_MODULES) {
  console.error(`doors: fewer than ${FEWEST_MODULES} modules were inspected, so the rules were not applied`);
  process.exit(1);
}
process.exit(summary.error > 0 ? 1 : 0);
