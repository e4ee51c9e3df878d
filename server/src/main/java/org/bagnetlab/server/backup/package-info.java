/** Saves a whole lab to one file, and restores it. */
package org.bagnetlab.server.backup;
