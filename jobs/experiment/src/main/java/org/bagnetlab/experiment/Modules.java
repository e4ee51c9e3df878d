package org.bagnetlab.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Loads the services of this program and of modules on its class path. */
public final class Modules {

  private Modules() {}

  /**
   * All services of a type, in class path order.
   *
   * @param read queries each service for everything that this version needs
   * @throws ModuleFailure if a service is broken or was built for another version
   */
  public static <T> List<T> services(Class<T> type, Consumer<T> read) {
    List<T> services = new ArrayList<>();
    Iterator<ServiceLoader.Provider<T>> providers = ServiceLoader.load(type).stream().iterator();
    String provider = "";
    try {
      while (providers.hasNext()) {
        ServiceLoader.Provider<T> next = providers.next();
        provider = next.type().getName();
        T service = next.get();
        read.accept(service);
        services.add(service);
        provider = "";
      }
      return services;
    } catch (ServiceConfigurationError | LinkageError e) {
      throw ModuleFailure.in(e).orElse(unfit(type, provider, e));
    }
  }

  /** All descriptions of a type, loaded like {@link #services}. */
  public static <T extends Description> List<T> descriptions(Class<T> type) {
    return services(
        type,
        description -> {
          // Call each method: this reveals what is missing in a module built for another version.
          var _ = description.about();
          var _ = description.parameters();
          var _ = description.outputs();
        });
  }

  private static ModuleFailure unfit(Class<?> type, String provider, Error error) {
    Throwable reason = error;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    String text = reason.toString();
    return new ModuleFailure(
        "%s does not fit this version: the service %s cannot be used (%s). Remove it from the class path, or build it against this version."
            .formatted(
                module(type, provider.isEmpty() ? text : provider),
                provider.isEmpty() ? type.getName() : provider,
                text.lines().findFirst().orElse("")),
        error);
  }

  /** The jar or directory that lists a provider whose name a text contains. */
  private static String module(Class<?> type, String text) {
    String file = "META-INF/services/" + type.getName();
    try {
      for (URL url :
          Collections.list(Thread.currentThread().getContextClassLoader().getResources(file))) {
        try (InputStream stream = url.openStream()) {
          String listed = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          if (listed.lines().map(String::strip).anyMatch(n -> !n.isEmpty() && text.contains(n))) {
            return "The module "
                + url.getPath().replaceFirst("^file:", "").replaceFirst("!?/" + file + "$", "");
          }
        }
      }
    } catch (IOException e) {
      return "A module";
    }
    return "A module";
  }
}
