package org.bagnetlab.server.growth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many pages that listen to a server's events, on one thread. Each counts the events that it
 * receives; a page whose stream ends shows in its count.
 */
final class Subscribers implements AutoCloseable {

  private static final byte[] EVENT = "\nevent: ".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector;
  private final List<Page> pages;
  private final Thread reader = new Thread(this::read, "subscribers");
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private volatile boolean closed;

  private Subscribers(Selector selector, List<Page> pages) {
    this.selector = selector;
    this.pages = pages;
  }

  /** What the events had to say of how they came through. */
  record Received(int pages, int pagesWithAll, long most, long events) {}

  /** A stream of events. Changed by the reading thread, read after its end. */
  private static final class Page {
    private final SocketChannel channel;
    private int matched;
    private long events;

    Page(SocketChannel channel) {
      this.channel = channel;
    }

    /** Counts the beginnings of events, of which one may lie across two reads. */
    void count(ByteBuffer bytes) {
      while (bytes.hasRemaining()) {
        byte next = bytes.get();
        if (next == EVENT[matched]) {
          matched++;
        } else {
          matched = next == EVENT[0] ? 1 : 0;
        }
        if (matched == EVENT.length) {
          events++;
          matched = 0;
        }
      }
    }
  }

  /** Opens so many streams. */
  static Subscribers listen(URI server, int count) throws IOException {
    List<Page> pages = new ArrayList<>();
    Selector selector = Selector.open();
    byte[] request =
        "GET /api/v1/events HTTP/1.1\r\nHost: %s\r\n\r\n"
            .formatted(server.getAuthority())
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < count; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
      channel.write(ByteBuffer.wrap(request));
      channel.configureBlocking(false);
      Page page = new Page(channel);
      channel.register(selector, SelectionKey.OP_READ, page);
      pages.add(page);
    }
    Subscribers subscribers = new Subscribers(selector, pages);
    subscribers.reader.start();
    return subscribers;
  }

  private void read() {
    try {
      while (!closed) {
        selector.select(
            key -> {
              if (key.attachment() instanceof Page page) {
                read(key, page);
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key, Page page) {
    try {
      buffer.clear();
      if (page.channel.read(buffer) < 0) {
        key.cancel();
      }
      page.count(buffer.flip());
    } catch (IOException e) {
      // The server dropped the page.
      key.cancel();
    }
  }

  /** Stops listening and tells what was received. */
  Received stop() throws IOException, InterruptedException {
    closed = true;
    selector.wakeup();
    reader.join();
    long[] events = pages.stream().mapToLong(page -> page.events).toArray();
    long most = Arrays.stream(events).max().orElse(0);
    int all = (int) IntStream.range(0, events.length).filter(i -> events[i] == most).count();
    close();
    return new Received(events.length, all, most, Arrays.stream(events).sum());
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.close();
    for (Page page : pages) {
      page.channel.close();
    }
  }
}
