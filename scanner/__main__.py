"""`python -Im scanner`: lading, isolated from the project it scans."""

from scanner.cli.main import main

if __name__ == "__main__":
    main()
