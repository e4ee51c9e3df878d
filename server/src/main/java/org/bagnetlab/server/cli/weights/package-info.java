/** Commands that inspect, import, list, remove and export weights. */
@NullMarked
package org.bagnetlab.server.cli.weights;

import org.jspecify.annotations.NullMarked;
