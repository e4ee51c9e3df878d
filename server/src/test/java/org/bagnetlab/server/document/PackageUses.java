package org.bagnetlab.server.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which packages of a module use which others of it, by the imports of their files. A package and
 * the ones below it are different packages.
 *
 * @param used by each package, without itself
 */
record PackageUses(Map<String, Set<String>> used) {

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+)");

  /** What the files of a module use. */
  static PackageUses of(List<Path> files) throws IOException {
    Set<String> packages = new TreeSet<>();
    for (Path file : files) {
      packages.add(packageOf(Files.readString(file)));
    }
    Map<String, Set<String>> used = new TreeMap<>();
    for (Path file : files) {
      String text = Files.readString(file);
      String user = packageOf(text);
      Set<String> others = used.computeIfAbsent(user, name -> new TreeSet<>());
      Matcher imports = IMPORT.matcher(text);
      while (imports.find()) {
        others.addAll(owner(imports.group(1), packages));
      }
      others.remove(user);
    }
    return new PackageUses(used);
  }

  private static String packageOf(String text) {
    Matcher matcher = PACKAGE.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("a file is in no package");
    }
    return matcher.group(1);
  }

  /** The package of an import: also of a nested type, a static member or all of a package. */
  private static Set<String> owner(String imported, Set<String> packages) {
    for (String name = imported; name.contains("."); ) {
      if (packages.contains(name)) {
        return Set.of(name);
      }
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return Set.of();
  }

  /** The largest sets of packages of which each uses all others, directly or through some. */
  Set<Set<String>> cycles() {
    Set<Set<String>> cycles = new HashSet<>();
    for (String start : used.keySet()) {
      Set<String> reached = reachedFrom(start);
      if (reached.contains(start)) {
        cycles.add(
            reached.stream()
                .filter(other -> reachedFrom(other).contains(start))
                .collect(Collectors.toSet()));
      }
    }
    return cycles;
  }

  private Set<String> reachedFrom(String start) {
    Set<String> reached = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      for (String next : used.getOrDefault(open.pop(), Set.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  /**
   * The same of the packages right below one: each stands for all that are below it in turn.
   *
   * @return by the last part of their names; without the package that all are below
   */
  Map<String, Set<String>> within(String root) {
    Map<String, Set<String>> children = new TreeMap<>();
    used.forEach(
        (user, others) -> {
          if (user.startsWith(root + ".")) {
            others.stream()
                .filter(other -> other.startsWith(root + "."))
                .forEach(
                    other ->
                        children
                            .computeIfAbsent(child(root, user), name -> new TreeSet<>())
                            .add(child(root, other)));
          }
        });
    return children;
  }

  private static String child(String root, String name) {
    return name.substring(root.length() + 1).split("\\.", 2)[0];
  }
}
