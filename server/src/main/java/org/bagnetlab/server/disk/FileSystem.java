package org.bagnetlab.server.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.storage.DataDirectory;

/** Tells how full a file system is. */
@FunctionalInterface
public interface FileSystem {

  /** As it is now. Blocks. */
  Space space() throws IOException;

  /**
   * The file system of a data directory. Where its parts are on several (a link to a larger disk),
   * the one with the least left, of those that jobs write to.
   */
  static FileSystem of(DataDirectory directory) {
    List<Path> written = List.of(directory.root(), directory.artifacts(), directory.runs());
    return () -> {
      Stream.Builder<Space> spaces = Stream.builder();
      for (Path path : written) {
        FileStore store = Files.getFileStore(path);
        spaces.add(new Space(store.getTotalSpace(), store.getUsableSpace()));
      }
      return spaces.build().min(Comparator.comparingLong(Space::free)).orElseThrow();
    };
  }
}
