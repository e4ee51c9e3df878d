package org.bagnetlab.engine.torch;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** A compute device. */
public enum TorchDevice {
  /** The CPU. */
  CPU(DeviceType.CPU),
  /** The first GPU visible to CUDA, which depends on {@code CUDA_VISIBLE_DEVICES}. */
  CUDA(DeviceType.CUDA);

  private final DeviceType type;

  TorchDevice(DeviceType type) {
    this.type = type;
  }

  /** A GPU if libtorch can use one, otherwise the CPU. */
  public static TorchDevice best() {
    JavaCpp.prepare();
    return torch.cuda_is_available() ? CUDA : CPU;
  }

  DeviceType type() {
    return type;
  }

  /** The corresponding libtorch device. It is freed by the caller's scope. */
  Device device() {
    return this == CPU ? new Device(type) : new Device(type, (byte) 0);
  }
}
