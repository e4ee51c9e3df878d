package org.bagnetlab.vision.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads parts of a file, allocating memory only after checking that the file contains them. */
final class FileBytes implements Closeable {

  private final FileChannel channel;
  private final long size;

  private FileBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  static FileBytes open(Path file) throws IOException {
    return new FileBytes(FileChannel.open(file, StandardOpenOption.READ));
  }

  long size() {
    return size;
  }

  /**
   * Reads some bytes into a little-endian buffer.
   *
   * @throws IOException if the file has fewer bytes
   */
  ByteBuffer read(long position, long length) throws IOException {
    if (length < 0 || length > Integer.MAX_VALUE || position > size - length) {
      throw new IOException(
          "the file ends at byte %d, but declares %d bytes from byte %d."
              .formatted(size, length, position));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("the file shrank while being read.");
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
