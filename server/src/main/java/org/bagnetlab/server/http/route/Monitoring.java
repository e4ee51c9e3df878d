package org.bagnetlab.server.http.route;

import org.bagnetlab.server.device.DeviceOverview;
import org.bagnetlab.server.events.EventChannel;
import org.bagnetlab.server.housekeeping.Housekeeping;
import org.bagnetlab.server.metrics.LabMetrics;

/**
 * The parts of a lab that report its state.
 *
 * @param devices the devices that run jobs
 * @param housekeeping monitors the disk, removes old files and sends notices
 * @param events events for pages
 * @param listeners maximum number of pages that listen to events at once
 * @param metrics measurements for Prometheus
 */
public record Monitoring(
    DeviceOverview devices,
    Housekeeping housekeeping,
    EventChannel events,
    int listeners,
    LabMetrics metrics) {}
