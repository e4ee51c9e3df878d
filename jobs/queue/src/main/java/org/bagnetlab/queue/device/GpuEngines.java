package org.bagnetlab.queue.device;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;

/**
 * The engines that GPUs may use, and the class paths and libraries for them that this application
 * and machine have.
 *
 * @param order engines that may be used, in order of preference
 * @param classPaths workers' class paths that the application has
 * @param libraries shared libraries of this machine and of the class paths
 */
public record GpuEngines(List<GpuEngine> order, Set<String> classPaths, SharedLibraries libraries) {

  public GpuEngines {
    order = List.copyOf(order);
    classPaths = Set.copyOf(classPaths);
  }

  /** All engines, in the default order. */
  public static GpuEngines of(Set<String> classPaths, SharedLibraries libraries) {
    return new GpuEngines(List.of(GpuEngine.values()), classPaths, libraries);
  }

  /** No engines for GPUs. */
  public static GpuEngines none() {
    return new GpuEngines(List.of(), Set.of(), new SharedLibraries(List.of()));
  }

  /** A copy with these engines only. */
  public GpuEngines only(List<GpuEngine> wanted) {
    return new GpuEngines(wanted, classPaths, libraries);
  }

  /** All engines, with this one first. */
  public GpuEngines preferring(GpuEngine first) {
    List<GpuEngine> all = new ArrayList<>(List.of(GpuEngine.values()));
    all.remove(first);
    all.add(0, first);
    return only(all);
  }

  /** The engine for a GPU's jobs; empty if no engine supports the GPU. */
  public Optional<GpuEngine> choose(Gpu gpu) {
    return gpu.unsupported().isPresent()
        ? Optional.empty()
        : order.stream().filter(engine -> refusal(engine, gpu).isEmpty()).findFirst();
  }

  /** Why no engine can use a GPU now, with advice for the user; empty if one can. */
  public Optional<String> refusal(Gpu gpu) {
    return gpu.failure().or(gpu::unsupported).or(() -> noEngine(gpu));
  }

  private Optional<String> noEngine(Gpu gpu) {
    return choose(gpu).isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s cannot run jobs. %s"
                .formatted(
                    gpu.label(),
                    order.stream()
                        .flatMap(engine -> refusal(engine, gpu).stream())
                        .collect(joining(" "))));
  }

  /** Why an engine cannot use a GPU, as sentences; empty if it can. */
  public Optional<String> refusal(GpuEngine engine, Gpu gpu) {
    return engine.refusal(gpu).or(() -> missing(engine));
  }

  private Optional<String> missing(GpuEngine engine) {
    if (!classPaths.contains(engine.classPath())) {
      return Optional.of(
          "%s could use this GPU, but this build has no class path worker-%s; ./bagnetlab build %s adds it."
              .formatted(engine.label(), engine.classPath(), engine.classPath()));
    }
    return libraries
        .missing(engine.classPath(), engine.libraries())
        .map(found -> engine.label() + " could use this GPU, but " + found);
  }
}
