/** Holds the server, its tests and the dashboard to the interface's description. */
package org.bagnetlab.server.contract;
