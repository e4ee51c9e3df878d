package org.bagnetlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bagnetlab.experiment.statistic.Statistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ModulesTests {

  @TempDir Path module;

  /** A service that calls what this version does not have. */
  public static final class Outdated implements Runnable {

    public Outdated() {
      throw new NoSuchMethodError("Parameter.hidden()");
    }

    @Override
    public void run() {}
  }

  @Test
  void theProgramsOwnServicesAreFound() {
    assertThat(Modules.descriptions(Statistic.class)).hasSameSizeAs(Statistic.all()).isNotEmpty();
  }

  @Test
  void aMissingClassNamesItsModuleAndService() throws Exception {
    assertThatThrownBy(() -> load(Statistic.class, "org.example.Missing"))
        .isInstanceOf(ModuleFailure.class)
        .hasMessageContainingAll(
            module.toString(), "does not fit this version", Statistic.class.getName(), "Missing")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aClassForAnotherVersionNamesItsModuleAndItself() throws Exception {
    assertThatThrownBy(() -> load(Runnable.class, Outdated.class.getName()))
        .isInstanceOf(ModuleFailure.class)
        .hasMessageContainingAll(
            module.toString(), Outdated.class.getName(), "NoSuchMethodError: Parameter.hidden()")
        .hasMessageNotContaining("\n");
  }

  private void load(Class<?> type, String provider) throws IOException {
    Path services = Files.createDirectories(module.resolve("META-INF/services"));
    Files.writeString(services.resolve(type.getName()), provider);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {module.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      Modules.services(type, service -> {});
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
