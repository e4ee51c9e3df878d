package org.bagnetlab.server.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The experiment of docs/adding-an-experiment.md, as a jar beside those of the application. Its
 * code is among the worker's tests, so that it is compiled but not part of the product.
 */
final class ExampleExperiment {

  private static final Path CLASSES = Path.of("..", "jobs", "worker", "target", "test-classes");
  private static final Path DIRECTORY = Path.of("target", "application-with-example");
  private static final List<String> PARTS =
      List.of(
          "META-INF/services/org.bagnetlab.experiment.Experiment",
          "org/bagnetlab/experiment/occlusion",
          "org/bagnetlab/worker/occlusion");

  private ExampleExperiment() {}

  /** Makes an application directory of the built one and the example. */
  static Path besideApplication() throws IOException {
    for (String classPath : List.of("server", "worker-cpu")) {
      Path target = Files.createDirectories(DIRECTORY.resolve(classPath));
      // Of an earlier build.
      for (Path jar : files(target)) {
        Files.delete(jar);
      }
      for (Path jar : files(Application.built().resolve(classPath))) {
        Files.createSymbolicLink(target.resolve(jar.getFileName()), jar.toRealPath());
      }
      write(target.resolve("occlusion.jar"));
    }
    return DIRECTORY.toAbsolutePath();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void write(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String part : PARTS) {
        try (Stream<Path> files = Files.walk(CLASSES.resolve(part))) {
          for (Path each : files.filter(ExampleExperiment::isPart).sorted().toList()) {
            out.putNextEntry(new JarEntry(CLASSES.relativize(each).toString()));
            Files.copy(each, out);
          }
        }
      }
    }
  }

  private static boolean isPart(Path path) {
    return Files.isRegularFile(path) && !path.toString().endsWith("Tests.class");
  }
}
