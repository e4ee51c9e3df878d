/** Commands that inspect, import, list, remove and export weights. */
package org.bagnetlab.server.cli.weights;
