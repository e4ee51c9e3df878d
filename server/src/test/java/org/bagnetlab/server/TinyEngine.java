package org.bagnetlab.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.worker.Main;

/**
 * Answers what needs no engine, as the real worker does, except that an import under a name which
 * begins with {@value #WAITING_IMPORT} first connects to the port that its source names, and goes
 * on once it hears something. It ends when nobody is there any more: the test has ended then, and
 * its folders are being deleted.
 */
final class TinyEngine {

  private static final String WAITING_IMPORT = "waiting";

  private TinyEngine() {}

  public static void main(String[] arguments) throws Exception {
    EngineRequest request = Json.MAPPER.readValue(arguments[0], EngineRequest.class);
    if (request instanceof EngineRequest.ImportWeights asked
        && asked.name().startsWith(WAITING_IMPORT)) {
      waitFor(asked.source());
    } else if (request instanceof EngineRequest.ImportDataset asked
        && asked.name().startsWith(WAITING_IMPORT)) {
      waitFor(asked.file().replaceFirst(".*/(\\d+)\\.zip$", "$1"));
    }
    Main.main(arguments);
  }

  private static void waitFor(String port) throws IOException {
    try (Socket test = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
      if (test.getInputStream().read() < 0) {
        System.exit(1);
      }
    }
  }
}
