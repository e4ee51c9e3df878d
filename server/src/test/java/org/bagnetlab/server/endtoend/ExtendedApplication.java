package org.bagnetlab.server.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.labelnoise.LabelNoise;
import org.bagnetlab.experiment.train.TrainingParameterProvider;

/**
 * The built application with the examples of docs/adding-an-experiment.md as one more jar. Their
 * code is among tests, so that it is compiled but not part of the product.
 *
 * @param name of the jar
 * @param classes the folder of the compiled examples
 * @param packages theirs
 * @param service the type that they implement
 * @param provider the class that implements it
 */
record ExtendedApplication(
    String name, Path classes, List<String> packages, Class<?> service, String provider) {

  /** The example of an experiment. */
  static final ExtendedApplication WITH_EXPERIMENT =
      new ExtendedApplication(
          "occlusion",
          Path.of("..", "jobs", "worker", "target", "test-classes"),
          List.of("org/bagnetlab/experiment/occlusion", "org/bagnetlab/worker/occlusion"),
          Experiment.class,
          "org.bagnetlab.experiment.occlusion.OcclusionExperiment");

  /** The example of a parameter of trainings. */
  static final ExtendedApplication WITH_PARAMETER =
      new ExtendedApplication(
          "label-noise",
          Path.of("target", "test-classes"),
          List.of("org/bagnetlab/experiment/labelnoise"),
          TrainingParameterProvider.class,
          LabelNoise.class.getName());

  /** Makes its directory. */
  Path directory() throws IOException {
    Path directory = Path.of("target", "application-with-" + name);
    for (String classPath : List.of("server", "worker-cpu")) {
      Path target = Files.createDirectories(directory.resolve(classPath));
      // Of an earlier build.
      for (Path jar : files(target)) {
        Files.delete(jar);
      }
      for (Path jar : files(Application.built().resolve(classPath))) {
        Files.createSymbolicLink(target.resolve(jar.getFileName()), jar.toRealPath());
      }
      write(target.resolve(name + ".jar"));
    }
    return directory.toAbsolutePath();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void write(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
      out.write(provider.getBytes(StandardCharsets.UTF_8));
      for (String each : packages) {
        try (Stream<Path> files = Files.walk(classes.resolve(each))) {
          for (Path path : files.filter(ExtendedApplication::isPart).sorted().toList()) {
            out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
            Files.copy(path, out);
          }
        }
      }
    }
  }

  private static boolean isPart(Path path) {
    return Files.isRegularFile(path) && !path.toString().endsWith("Tests.class");
  }
}
