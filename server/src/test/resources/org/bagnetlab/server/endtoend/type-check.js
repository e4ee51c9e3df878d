/**
 * Checks modules as `tsc --checkJs --strict` does, of files that are only in memory. Tests need not say the types of
 * their functions' parameters and variables (errors 7000 and after).
 *
 * @param {string} json every file's text by its path: /js/ the modules, /lib/ the language's declarations,
 *     /node_modules/ the libraries' packages
 * @returns {string[]} what is wrong, as FILE:LINE: MESSAGE
 */
(json) => {
  const files = new Map(Object.entries(JSON.parse(json)));
  const directories = new Set();
  for (const file of files.keys()) {
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      directories.add(file.slice(0, end));
    }
  }
  const options = {
    allowJs: true,
    checkJs: true,
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2024,
    lib: ['lib.es2024.d.ts', 'lib.dom.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    skipLibCheck: true,
    types: [],
  };
  const host = {
    fileExists: (file) => files.has(file),
    readFile: (file) => files.get(file),
    directoryExists: (directory) => directories.has(directory),
    getDirectories: () => [],
    getSourceFile: (file, version) => files.has(file) ? ts.createSourceFile(file, files.get(file), version) : undefined,
    getDefaultLibLocation: () => '/lib',
    getDefaultLibFileName: () => '/lib/lib.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile() {},
  };
  const modules = [...files.keys()].filter((file) => file.startsWith('/js/'));
  const program = ts.createProgram(modules, options, host);
  // Tests need not declare the types of their parameters and variables.
  const implicit = new Set([7005, 7006, 7019, 7031, 7034, 7053]);
  const allowed = ({ code, file }) => implicit.has(code) && file?.fileName.endsWith('.test.js');
  return ts.getPreEmitDiagnostics(program).filter((error) => !allowed(error)).map(({ file, start, messageText }) => {
    const place = file ? `${file.fileName.slice(1)}:${file.getLineAndCharacterOfPosition(start).line + 1}: ` : '';
    return place + ts.flattenDiagnosticMessageText(messageText, '\n');
  });
}
