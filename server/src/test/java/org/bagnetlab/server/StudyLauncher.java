package org.bagnetlab.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bagnetlab.queue.TinyLauncher;
import org.bagnetlab.queue.TinyWorker;
import org.bagnetlab.queue.WorkerThread;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.WorkerLauncher;

/** Runs jobs on threads of this process; what asks for an engine gets a process. */
record StudyLauncher() implements WorkerLauncher {

  @Override
  public CommandLine commandLine(DeviceSlot slot) {
    return TinyLauncher.java(TinyEngine.class);
  }

  @Override
  public Process start(DeviceSlot slot, long job, Path directory, Map<String, String> variables)
      throws IOException {
    return WorkerThread.start(TinyWorker.STUDY, variables);
  }
}
