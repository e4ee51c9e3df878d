/** Measurements of the lab for Prometheus. */
@NullMarked
package org.bagnetlab.server.metrics;

import org.jspecify.annotations.NullMarked;
