/** Commands that start, list, follow and change sweeps. */
package org.bagnetlab.server.cli.sweep;
