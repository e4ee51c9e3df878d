package org.bagnetlab.server.http.route;

import org.bagnetlab.server.device.DeviceOverview;
import org.bagnetlab.server.events.EventChannel;
import org.bagnetlab.server.housekeeping.Housekeeping;
import org.bagnetlab.server.metrics.LabMetrics;

/**
 * What a lab says about itself.
 *
 * @param devices what runs jobs
 * @param housekeeping the disk, old files and notices
 * @param events sent to pages
 * @param listeners pages that may listen to events at once
 * @param metrics for Prometheus
 */
public record Monitoring(
    DeviceOverview devices,
    Housekeeping housekeeping,
    EventChannel events,
    int listeners,
    LabMetrics metrics) {}
