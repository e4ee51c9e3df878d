/** The application as it is delivered: its own processes, a real engine, a real browser. */
package org.bagnetlab.server.endtoend;
