package org.bagnetlab.server.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.storage.directory.DataDirectory;

/** Measures the file systems that jobs write to. */
@FunctionalInterface
public interface FileSystem {

  /** The current space of at least one file system. Blocks. */
  List<Space> spaces() throws IOException;

  /**
   * The file systems of a data directory, whose parts may be on several, for example by a link to a
   * larger disk.
   */
  static FileSystem of(DataDirectory directory) {
    List<Path> written = List.of(directory.root(), directory.artifacts(), directory.runs());
    return () -> {
      List<Space> spaces = new ArrayList<>();
      for (Path path : written) {
        FileStore store = Files.getFileStore(path);
        spaces.add(new Space(store.getTotalSpace(), store.getUsableSpace()));
      }
      return spaces;
    };
  }
}
