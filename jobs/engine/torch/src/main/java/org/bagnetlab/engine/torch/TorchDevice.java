package org.bagnetlab.engine.torch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** What computes. */
public enum TorchDevice {
  /** The processor. */
  CPU(DeviceType.CPU),
  /** The first GPU that CUDA shows; {@code CUDA_VISIBLE_DEVICES} decides which that is. */
  CUDA(DeviceType.CUDA);

  private final DeviceType type;

  TorchDevice(DeviceType type) {
    this.type = type;
  }

  /** A GPU if libtorch can use one. */
  public static TorchDevice best() {
    JavaCpp.prepare();
    return torch.cuda_is_available() ? CUDA : CPU;
  }

  DeviceType type() {
    return type;
  }

  /** libtorch's name for it. The caller's scope frees it. */
  Device device() {
    return this == CPU ? new Device(type) : new Device(type, (byte) 0);
  }
}
