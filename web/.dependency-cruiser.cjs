// The doors of the web: app → areas → (ui, charts, lib) → i18n; areas are strangers; only lib and areas read the API's types.
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "areas-are-strangers",
      severity: "error",
      from: { path: "^src/areas/([^/]+)/" },
      to: { path: "^src/areas/", pathNot: "^src/areas/$1/" },
    },
    {
      name: "ui-and-charts-know-no-data",
      severity: "error",
      from: { path: "^src/(ui|charts)/" },
      to: { path: "^src/(lib|api|areas|app)/" },
    },
    { name: "ui-knows-no-charts", severity: "error", from: { path: "^src/ui/" }, to: { path: "^src/charts/" } },
    {
      name: "lib-is-below-the-screens",
      severity: "error",
      from: { path: "^src/lib/" },
      to: { path: "^src/(areas|app|ui|charts)/" },
    },
    { name: "i18n-is-the-floor", severity: "error", from: { path: "^src/i18n/" }, to: { path: "^src/(?!i18n/)" } },
    {
      name: "only-lib-and-areas-read-the-api",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(lib|areas|api)/" },
      to: { path: "^src/api/" },
    },
    { name: "nobody-imports-app", severity: "error", from: { path: "^src/(?!app/)" }, to: { path: "^src/app/" } },
    { name: "everything-resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
