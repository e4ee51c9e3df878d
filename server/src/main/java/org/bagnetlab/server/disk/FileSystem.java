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

  /** The total and free space of each file system; there is at least one. Blocks. */
  List<Space> spaces() throws IOException;

  /**
   * The file systems of a data directory. Its parts may be on several file systems, for example
   * because of a symbolic link to a larger disk.
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
