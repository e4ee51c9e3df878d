package org.bagnetlab.worker.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentifyCodeTests {

  /** The second {@code %s} is what a step multiplies by. */
  private static final String OPTIMISER =
      """
      class Optimiser {
      %s
        float step(float gradient) {
          float rate = %s;
          return gradient > 0 ? -rate * gradient : rate;
        }
      }
      """;

  @TempDir private Path directory;

  private Path application(String vision, String experiment) throws IOException {
    Path application = Files.createTempDirectory(directory, "worker");
    jar(application.resolve("bagnetlab-vision-0.1.0.jar"), vision);
    jar(application.resolve("bagnetlab-experiment-0.1.0.jar"), experiment);
    Files.createFile(application.resolve("openblas-0.3.19-1.5.7-linux-x86_64.jar"));
    Files.createFile(application.resolve("nd4j-native-1.0.0-M2.1-linux-x86_64-onednn.jar"));
    return application;
  }

  private void jar(Path jar, String source) throws IOException {
    Path classes = Files.createTempDirectory(directory, "classes");
    StringWriter messages = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                messages,
                null,
                null,
                List.of("-g", "-d", classes.toString()),
                null,
                List.of(
                    new SimpleJavaFileObject(
                        URI.create("memory:///Optimiser.java"), SimpleJavaFileObject.Kind.SOURCE) {
                      @Override
                      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                      }
                    }))
            .call();
    assertThat(compiled).as("%s", messages).isTrue();
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new ZipEntry("Optimiser.class"));
      entries.write(Files.readAllBytes(classes.resolve("Optimiser.class")));
    }
  }

  private Optional<String> digest(String vision, String experiment) throws IOException {
    return IdentifyCode.of(application(vision, experiment), Optional.empty(), false)
        .code()
        .digest();
  }

  private static String optimiser(String comment, String rate) {
    return OPTIMISER.formatted(comment, rate);
  }

  @Test
  void aConstantOfTheOptimiserIsOtherCode() throws IOException {
    String other = optimiser("", "1e-3f");
    assertThat(digest(optimiser("", "1e-3f"), other))
        .isNotEqualTo(digest(optimiser("", "2e-3f"), other));
  }

  @Test
  void anotherVersionOfALibraryIsOtherCode() throws IOException {
    String plain = optimiser("", "1e-3f");
    Path updated = application(plain, plain);
    Files.move(
        updated.resolve("openblas-0.3.19-1.5.7-linux-x86_64.jar"),
        updated.resolve("openblas-0.3.20-1.5.8-linux-x86_64.jar"));
    assertThat(IdentifyCode.of(updated, Optional.empty(), false).code().digest())
        .isNotEqualTo(digest(plain, plain));
  }

  @Test
  void commentsAndNamesOfVariablesAreTheSameCode() throws IOException {
    String plain = optimiser("", "1e-3f");
    String commented = optimiser("  // A comment moves\n  // all lines.", "1e-3f");
    assertThat(digest(commented.replace("rate", "pace"), plain)).isEqualTo(digest(plain, plain));
  }

  @Test
  void descriptionsOfExperimentsDoNotCompute() throws IOException {
    String plain = optimiser("", "1e-3f");
    assertThat(digest(plain, optimiser("", "2e-3f"))).isEqualTo(digest(plain, plain));
  }

  @Test
  void theFileIsReadAsItWasWritten() throws IOException {
    Path application = application(optimiser("", "1e-3f"), optimiser("", "1e-3f"));
    IdentifyCode.main(new String[] {application.toString(), "c0ffee", "modified"});
    CodeFile read = CodeFile.read(application.resolve(CodeFile.NAME));
    assertThat(read).isEqualTo(IdentifyCode.of(application, Optional.of("c0ffee"), true));
    assertThat(read.libraries())
        .isEqualTo(Map.of("openblas", "0.3.19-1.5.7", "nd4j-native-onednn", "1.0.0-M2.1"));
    assertThat(read.code().digest().orElseThrow()).matches("[0-9a-f]{64}");
  }
}
