/** Measures disk usage, and makes jobs wait if it exceeds limits. */
package org.bagnetlab.server.disk;
