/** Automatic disk checks, retention and notifications. */
package org.bagnetlab.server.housekeeping;
