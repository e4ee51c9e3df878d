package org.bagnetlab.engine.torch;

import java.util.Locale;

/** The device that the tests run on: a CPU, unless {@code -Dbagnetlab.torch.device=cuda} is set. */
final class TestedDevice {

  static final TorchDevice DEVICE =
      TorchDevice.valueOf(
          System.getProperty("bagnetlab.torch.device", "cpu").toUpperCase(Locale.ROOT));

  private TestedDevice() {}
}
