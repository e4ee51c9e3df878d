package org.bagnetlab.worker.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * The digest of classes, without what a debugger needs: a comment moves the line numbers of all
 * that follows, but the program still computes the same.
 */
final class ClassDigest {

  private static final ClassFile FORMAT =
      ClassFile.of(
          ClassFile.DebugElementsOption.DROP_DEBUG,
          ClassFile.LineNumbersOption.DROP_LINE_NUMBERS,
          // The original pool still has the names of local variables, for example.
          ClassFile.ConstantPoolSharingOption.NEW_POOL,
          // They follow from the code.
          ClassFile.StackMapsOption.DROP_STACK_MAPS);

  private ClassDigest() {}

  /**
   * The digest of all classes in jars, and of the libraries that compute for them. It depends
   * neither on the order of the jars nor on their names.
   *
   * @param libraries versions of the native libraries, by name
   * @return SHA-256, 64 lower-case hexadecimal digits
   */
  static String of(List<Path> jars, SortedMap<String, String> libraries) throws IOException {
    SortedMap<String, String> classes = new TreeMap<>();
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream()
            .filter(entry -> entry.getName().endsWith(".class"))
            .forEach(entry -> classes.put(entry.getName(), Sha256.of(essence(read(file, entry)))));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return Sha256.of((classes + "\n" + libraries).getBytes(StandardCharsets.UTF_8));
  }

  /** A class as it computes. */
  static byte[] essence(byte[] bytes) {
    return FORMAT.transformClass(
        FORMAT.parse(bytes), ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL));
  }

  private static byte[] read(JarFile file, JarEntry entry) {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
