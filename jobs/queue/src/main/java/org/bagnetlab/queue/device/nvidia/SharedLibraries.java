package org.bagnetlab.queue.device.nvidia;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The shared libraries that workers find: those of this machine and those in jars.
 *
 * @param directories where the dynamic linker and the engine look for them
 * @param packed for each class path of workers, the libraries in its jars
 */
public record SharedLibraries(List<Path> directories, Map<String, Set<String>> packed) {

  /**
   * Directories where CUDA's installers put their libraries. The engine itself searches them, too.
   */
  private static final List<String> CUDA =
      List.of(
          "/usr/local/cuda/lib64",
          "/usr/local/cuda/targets/x86_64-linux/lib",
          "/usr/local/cuda/extras/CUPTI/lib64");

  private static final List<String> SYSTEM =
      List.of("/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib");

  private static final Path LINKER = Path.of("/etc/ld.so.conf.d");

  /** Names of jars with libraries of CUDA. */
  private static final String JARS = "cuda-*.jar";

  /** Where these jars have the libraries that JavaCPP unpacks and loads before libtorch's own. */
  private static final String IN_JARS = "org/bytedeco/cuda/linux-x86_64/";

  /**
   * NVIDIA's packages of each library. The minor version is that of the compiler of libtorch, which
   * its library of CUDA code names: libraries of an older one may lack functions. Packages of the
   * jars are named in scripts/cuda-libraries.
   */
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("libcudart.so.13", "cuda-cudart-13-3"),
          Map.entry("libcupti.so.13", "cuda-cupti-13-3"),
          Map.entry("libnvrtc.so.13", "cuda-nvrtc-13-3"),
          Map.entry("libcublas.so.13", "libcublas-13-3"),
          Map.entry("libcublasLt.so.13", "libcublas-13-3"),
          Map.entry("libcufft.so.12", "libcufft-13-3"),
          Map.entry("libcufile.so.0", "libcufile-13-3"),
          Map.entry("libcurand.so.10", "libcurand-13-3"),
          Map.entry("libcusolver.so.12", "libcusolver-13-3"),
          Map.entry("libcusparse.so.12", "libcusparse-13-3"),
          Map.entry("libnvJitLink.so.13", "libnvjitlink-13-3"),
          Map.entry("libcudnn.so.9", "libcudnn9-cuda-13"),
          Map.entry("libnccl.so.2", "libnccl2"));

  public SharedLibraries {
    directories = List.copyOf(directories);
    packed = Map.copyOf(packed);
  }

  /** Those in directories only. */
  public SharedLibraries(List<Path> directories) {
    this(directories, Map.of());
  }

  /** The libraries of this machine and in {@code LD_LIBRARY_PATH}. */
  public static SharedLibraries of(Map<String, String> environment) {
    List<String> directories = new ArrayList<>();
    directories.addAll(
        Arrays.asList(environment.getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator)));
    directories.addAll(CUDA);
    directories.addAll(configured());
    directories.addAll(SYSTEM);
    return new SharedLibraries(
        directories.stream()
            .filter(name -> name.startsWith("/"))
            .map(Path::of)
            .distinct()
            .toList());
  }

  /**
   * The directories configured for the linker; packages add configuration files with their own
   * directories.
   */
  private static List<String> configured() {
    List<String> lines = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(LINKER, "*.conf")) {
      for (Path file : files) {
        lines.addAll(Files.readAllLines(file));
      }
    } catch (IOException e) {
      return lines; // without that directory, the linker has only the system's directories
    }
    return lines.stream().map(String::strip).toList();
  }

  /**
   * A copy that has the libraries in the jars of a class path, too.
   *
   * @param classPath its name
   * @param jars the directory of its jars
   * @throws UncheckedIOException if a jar cannot be read
   */
  public SharedLibraries withJars(String classPath, Path jars) {
    Map<String, Set<String>> all = new HashMap<>(packed);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(jars, JARS)) {
      Set<String> names = new HashSet<>();
      for (Path jar : files) {
        names.addAll(namesIn(jar));
      }
      all.put(classPath, Set.copyOf(names));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SharedLibraries(directories, all);
  }

  private static Set<String> namesIn(Path jar) throws IOException {
    try (ZipFile entries = new ZipFile(jar.toFile())) {
      return entries.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith(IN_JARS))
          .map(name -> name.substring(IN_JARS.length()))
          .collect(Collectors.toSet());
    }
  }

  /**
   * The missing libraries of CUDA 13, with the command that installs them; empty if none is
   * missing.
   *
   * @param classPath the class path of the workers that need them
   */
  public Optional<String> missing(String classPath, List<String> names) {
    Set<String> inJars = packed.getOrDefault(classPath, Set.of());
    List<String> missing =
        names.stream().filter(name -> !inJars.contains(name) && !has(name)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s not found. With NVIDIA's package repository: sudo apt install %s"
                .formatted(
                    String.join(", ", missing),
                    missing.size() == 1 ? "is" : "are",
                    packages(missing)));
  }

  private static String packages(List<String> libraries) {
    return libraries.stream()
        .map(PACKAGES::get)
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** The packages that contain the libraries, by the libraries' names. */
  public static Map<String, String> packages() {
    return PACKAGES;
  }

  private boolean has(String name) {
    return directories.stream().map(directory -> directory.resolve(name)).anyMatch(Files::exists);
  }
}
