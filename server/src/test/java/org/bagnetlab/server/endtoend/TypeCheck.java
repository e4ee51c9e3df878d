package org.bagnetlab.server.endtoend;

import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.contract.TypeDefinitions;

/**
 * TypeScript's compiler in the browser, which is the JavaScript machine that is there anyway. Types
 * of libraries are those that their WebJars bring.
 */
final class TypeCheck {

  private static final String TYPESCRIPT = "typescript";

  private final Map<String, String> files = new LinkedHashMap<>();
  private String compiler = "";

  /** The dashboard's modules, their tests and what both may import: the contract's types, too. */
  TypeCheck() throws IOException {
    for (Map.Entry<String, Path> module : SourceModules.all().entrySet()) {
      files.put("/js/" + module.getKey(), Files.readString(module.getValue()));
    }
    files.put("/js/api/types.js", TypeDefinitions.ofContract());
    for (WebJar webjar : WebJar.all()) {
      if (webjar.name().equals(TYPESCRIPT)) {
        addCompiler(webjar);
      } else {
        addTypes(webjar);
      }
    }
  }

  /** Adds a module, or changes one. */
  TypeCheck with(String path, String module) {
    files.put(path, module);
    return this;
  }

  /** What is wrong with any of the modules, each as FILE:LINE: MESSAGE. */
  List<String> errors(Page page) throws IOException {
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(compiler));
    Object errors = page.evaluate(script(), Json.line(files));
    return ((List<?>) errors).stream().map(String::valueOf).toList();
  }

  private static String script() throws IOException {
    try (InputStream script =
        requireNonNull(TypeCheck.class.getResourceAsStream("type-check.js"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void addTypes(WebJar webjar) throws IOException {
    for (String file : webjar.files()) {
      if (file.endsWith(".d.ts") || file.endsWith("package.json")) {
        files.put("/node_modules/" + webjar.name() + "/" + file, webjar.text(file));
      }
    }
  }

  private void addCompiler(WebJar typescript) throws IOException {
    compiler = typescript.text("lib/typescript.js");
    for (String file : typescript.files()) {
      if (file.matches("lib/lib\\..*\\.d\\.ts")) {
        files.put("/" + file, typescript.text(file));
      }
    }
  }
}
