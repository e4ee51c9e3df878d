package org.bagnetlab.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bagnetlab.experiment.Experiment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A module on the class path that does not fit this version. */
class OutdatedModuleTests {

  @Test
  @Timeout(120)
  void isNamedInOneLine(@TempDir Path module) throws Exception {
    Path services = Files.createDirectories(module.resolve("META-INF/services"));
    Files.writeString(services.resolve(Experiment.class.getName()), "org.example.Missing");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + module,
                Main.class.getName(),
                "serve")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said.lines())
        .singleElement()
        .asString()
        .startsWith("bagnetlab: The module " + module)
        .contains(Experiment.class.getName(), "org.example.Missing", "Remove it");
  }
}
