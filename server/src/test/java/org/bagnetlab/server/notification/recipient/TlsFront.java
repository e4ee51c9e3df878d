package org.bagnetlab.server.notification.recipient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Puts TLS in front of a mail server that has none, from the beginning or after STARTTLS. */
final class TlsFront implements AutoCloseable {

  private static final char[] PASSWORD = "password".toCharArray();

  private final ServerSocket server;
  private final SSLContext context;
  private final int behind;
  private final boolean implicit;

  /**
   * Listens on a port of its own.
   *
   * @param store file with the key of the server
   * @param behind port of the mail server
   * @param implicit whether a connection is encrypted from its beginning
   */
  TlsFront(Path store, int behind, boolean implicit) throws IOException, GeneralSecurityException {
    this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    this.context = context(store);
    this.behind = behind;
    this.implicit = implicit;
    Thread.startVirtualThread(this::accept);
  }

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        Socket mail = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      if (!implicit) {
        greet(socket);
      }
      SSLSocket secure =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
      secure.setUseClientMode(false);
      if (!implicit) {
        line(mail.getInputStream()); // The client was greeted before.
      }
      Thread answers = Thread.startVirtualThread(() -> copy(mail, secure));
      copy(secure, mail);
      answers.join();
    } catch (IOException | InterruptedException e) {
      // The client does not trust the certificate, or is gone.
    }
  }

  /** Answers until the client starts TLS. Reads no byte of what follows. */
  private static void greet(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    say(out, "220 front ESMTP\r\n");
    String command = line(socket.getInputStream());
    while (!command.toUpperCase(Locale.ROOT).startsWith("STARTTLS")) {
      say(out, "250-front\r\n250 STARTTLS\r\n");
      command = line(socket.getInputStream());
    }
    say(out, "220 begin\r\n");
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = in.read();
    }
    return line.toString();
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them is gone, which ends the connection.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
