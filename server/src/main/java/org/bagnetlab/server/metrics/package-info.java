/** Metrics of the lab for Prometheus. */
package org.bagnetlab.server.metrics;
